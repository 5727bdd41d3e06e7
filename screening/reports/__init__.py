"""Reports for people: temuan.csv, temuan.xlsx, laporan.html, the monitoring report and the case file."""

from __future__ import annotations

from screening.reports.context import ReportContext
from screening.reports.dossier import dossier
from screening.reports.monitoring import Monitoring, monitoring
from screening.reports.write import write_reports

__all__ = ["Monitoring", "ReportContext", "dossier", "monitoring", "write_reports"]
