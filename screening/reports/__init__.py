"""Reports for people: temuan.csv, temuan.xlsx, laporan.html, the monitoring report and the case file."""

from __future__ import annotations

from screening.reports.context import ReportContext
from screening.reports.dossier import dossier, dossiers
from screening.reports.monitoring import Monitoring, monitoring
from screening.reports.write import write_reports

__all__ = ["Monitoring", "ReportContext", "dossier", "dossiers", "monitoring", "write_reports"]
