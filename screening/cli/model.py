"""Commands about the classifier: classify, train, evaluate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screening.cli.options import there
from screening.whole import whole, write_text

if TYPE_CHECKING:
    import pandas as pd

    from screening.ruleset import Ruleset


def add_to(app: typer.Typer) -> None:
    """Register these commands."""
    app.command(no_args_is_help=True)(classify)
    app.command()(train)
    app.command(no_args_is_help=True)(evaluate)


Model = Annotated[
    Path | None,
    typer.Option("--model", metavar="FOLDER", help="Folder model (model.json dan model.npz). Bawaan: model terlampir."),
]


def classify(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="Tabel CSV atau XLSX berisi teks.")],
    text: Annotated[str, typer.Option("--text", metavar="KOLOM", help="Kolom yang berisi teks.")] = "text",
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="CSV yang ditulis.")] = Path("klasifikasi.csv"),
    model: Model = None,
) -> None:
    """Menilai arah setiap teks: mendukung, menyerang, netral politik, atau bukan politik, beserta peluangnya."""
    from screening.classifier import load, predict
    from screening.classifier.names import name_words

    table = _table(file, (text,))
    ruleset = _ruleset()
    documents, hits, rows = _noticed(table[text], ruleset)
    found = predict(load(model), documents, hits, name_words(ruleset.lexicon.entries))
    found = found.set_index(rows).reindex(range(len(table)))
    # An empty cell says nothing: no politics, and nothing to abstain from.
    empty = found["label"].isna()
    found["label"] = found["label"].mask(empty, "non_political")
    found["abstain"] = found["abstain"].astype("object").mask(empty, False).astype(bool)
    chances = [name for name in map(str, found.columns) if name.startswith("p_")]
    found[chances] = found[chances].fillna(0.0).round(6)
    found.loc[empty, "p_non_political"] = 1.0
    taken = [name for name in found if name in table]
    result = table.drop(columns=taken).join(found)
    out.parent.mkdir(parents=True, exist_ok=True)
    with whole([out]) as (place,):
        result.to_csv(place, index=False, encoding="utf-8-sig", lineterminator="\r\n")
    counts = ", ".join(f"{label} {number}" for label, number in found["label"].value_counts().sort_index().items())
    print(f"{len(result)} teks: {counts}; ragu {int(found['abstain'].sum())}")
    print(f"Ditulis: {out}")


def train(
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="Folder model yang ditulis.")] = Path(
        "model-baru"
    ),
    corpus: Annotated[
        Path | None, typer.Option("--corpus", metavar="FOLDER", help="Folder korpus. Bawaan: korpus terlampir.")
    ] = None,
    add: Annotated[
        list[Path] | None,
        typer.Option("--add", metavar="BERKAS", help="CSV berlabel tambahan (kolom text, label); boleh diulang."),
    ] = None,
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases", metavar="FOLDER", help="Folder kasus tertulis untuk penimbang. Bawaan: kasus terlampir."
        ),
    ] = None,
) -> None:
    """Melatih ulang model dari korpus, lalu penimbangnya dari kasus tertulis dan korpus.

    Masukan yang sama menghasilkan berkas yang sama persis.
    """
    from screening.audit import weights
    from screening.classifier.corpus import read_corpus
    from screening.classifier.model import save
    from screening.classifier.names import name_words
    from screening.classifier.train import counted, read_settings
    from screening.classifier.train import train as fit

    read = read_corpus(corpus, tuple(add or ()))
    ruleset = _ruleset()
    documents, hits, _ = _noticed(read.examples["text"], ruleset, read.examples["parent"])
    texts = counted(documents, hits, name_words(ruleset.lexicon.entries))
    settings = read_settings()
    model = fit(read.examples, texts, settings, _about(read, settings))
    print(f"{len(read.examples)} teks dari {len(read.files)} berkas. Sidik model: {save(model, out)[:12]}")
    made = [
        weights.case_examples(weights.read_cases(cases), ruleset, model, settings["weighing"]),
        weights.corpus_examples(read.examples, texts, ruleset, settings, dict(model.calibration)),
    ]
    counts = weights.save(made, settings["weighing"], out / "weighing.json")
    print(f"Penimbang: {counts['opinion']} pendapat dan {counts['name']} nama")
    print(f"Ditulis: {out / 'model.json'}, {out / 'model.npz'}, {out / 'weighing.json'}")


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="BERKAS", help="CSV berlabel (kolom text dan label).")],
    out: Annotated[Path, typer.Option("--out", metavar="BERKAS", help="Halaman HTML yang ditulis.")] = Path(
        "evaluasi.html"
    ),
    text: Annotated[str, typer.Option("--text", metavar="KOLOM", help="Kolom yang berisi teks.")] = "text",
    label: Annotated[str, typer.Option("--label", metavar="KOLOM", help="Kolom yang berisi label.")] = "label",
    model: Model = None,
    learning_curve: Annotated[
        bool,
        typer.Option("--learning-curve", help="Latih juga dengan sebagian korpus dan tunjukkan pengaruh ukurannya."),
    ] = False,
) -> None:
    """Mengukur model pada teks berlabel: presisi, perolehan, P10, arah, kalibrasi, ambang, dan kesalahan terbesar.

    Dengan kolom year (tahun teks): juga menurut masa kontes, dan apa yang menjadi temuan bila teks itu unggahan pada masa itu.
    """
    from screening.classifier import load, predict
    from screening.classifier.evaluate import evaluate as measure
    from screening.classifier.evaluate import printed
    from screening.classifier.evaluation_page import page
    from screening.classifier.names import name_words

    table = _table(file, (text, label))
    table = table[table[text].notna() & (table[text].str.strip() != "")].reset_index(drop=True)
    ruleset = _ruleset()
    documents, hits, _ = _noticed(table[text], ruleset)
    chosen = load(model)
    found = predict(chosen, documents, hits, name_words(ruleset.lexicon.entries))
    table = table.rename(columns={label: "truth", text: "text"})
    seen = _screened(table, hits, documents, ruleset) if "year" in table else None
    result = measure(table, found, chosen)
    curve = _curve(ruleset, table, "truth", documents, hits) if learning_curve else None
    print(printed(result, curve, seen))
    out.parent.mkdir(parents=True, exist_ok=True)
    write_text(out, page(result, curve, file.name, seen))
    print(f"Ditulis: {out} (memuat teks; simpan hanya di tempat yang aman)")


def _screened(table: pd.DataFrame, hits: pd.DataFrame, documents: Any, ruleset: Ruleset) -> pd.DataFrame:
    """What becomes of the sure rows (all, where nothing says which are) in a whole run; gives `table` the column `period`."""
    from screening.audit import labelled

    named: dict[int, list[str]] = {}
    told = hits[hits["contestant_id"].notna()]
    for activity, whom in zip(documents.activities_of(told["activity_id"]), told["contestant_id"], strict=True):
        named.setdefault(int(documents.row[activity]), []).append(str(whom).rpartition("/")[0])
    table[["day", "period"]] = labelled.dated(table["year"], named, ruleset)
    sure = table["confidence"] == "high" if "confidence" in table else table["day"].map(lambda _: True)
    return labelled.results(table[sure].reset_index(drop=True), ruleset)


def _curve(ruleset: Ruleset, table: pd.DataFrame, label: str, documents: Any, hits: pd.DataFrame) -> Any:
    from screening.classifier.corpus import read_corpus
    from screening.classifier.evaluate import learning_curve
    from screening.classifier.names import name_words
    from screening.classifier.train import counted, part, read_settings

    names = name_words(ruleset.lexicon.entries)
    examples = read_corpus().examples
    unseen = counted(documents, hits, names)
    if "confidence" in table:  # the sure rows, as in the headline figures
        sure = (table["confidence"] == "high").to_numpy()
        unseen, table = part(unseen, sure), table[sure]
    learnt, noticed, _ = _noticed(examples["text"], ruleset, examples["parent"])
    truth = table[label].to_numpy(object)
    return learning_curve(examples, counted(learnt, noticed, names), unseen, truth, read_settings())


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """A CSV of any dialect or the first sheet of a workbook as text; UsageError names the missing columns."""
    import pandas as pd

    from screening.errors import NoReadableInput, UsageError
    from screening.sheets.opened import UnreadableTable, open_grids

    there("BERKAS", path)
    try:
        lines = [line for line in open_grids(path)[0].lines if any(cell.strip() for cell in line.cells)]
    except UnreadableTable as error:
        raise NoReadableInput(f"{path}: {error.what}; {error.remedy}.") from error
    if not lines:
        raise NoReadableInput(f"{path}: berkas kosong.")
    header = [cell.strip() for cell in lines[0].cells]
    cells = [[*line.cells, *[""] * len(header)][: len(header)] for line in lines[1:]]
    table = pd.DataFrame(cells, columns=header, dtype="str")
    missing = [name for name in columns if name not in table]
    if missing:
        raise UsageError(
            f"{path}:1: kolom tidak ada: {', '.join(missing)}. Kolom yang ada: {', '.join(map(str, table.columns))}"
        )
    return table


def _ruleset() -> Ruleset:
    from screening.cli.options import load

    return load(None, None, None, None)


def _noticed(texts: pd.Series, ruleset: Ruleset, parents: pd.Series | None = None) -> tuple[Any, pd.DataFrame, Any]:
    """Documents and hits of plain texts, and the row each document came from; texts carry no date and no account.

    `parents`: the post each text comments on, "" where it stands alone; it is read for whom it names, and is no document.
    """
    import numpy as np
    import pandas as pd

    from screening.classifier.masking import narrowed
    from screening.detectors import detect
    from screening.tables import ACTIVITIES, FIELDS
    from screening.text import documents

    rows = pd.DataFrame({"text": texts.reset_index(drop=True)})
    if parents is not None:
        above = parents.reset_index(drop=True)
        rows["target_text"] = above.where(above != "", None)
    ids = [f"{i:08d}" for i in range(len(rows))]
    fixed = {"platform": "other", "kind": "post", "time_basis": "absent", "visibility": "unknown", "source_file": "-"}
    activities = ACTIVITIES.cast(rows.assign(activity_id=ids, source_pointer=ids, **fixed))
    read = documents(activities, fields=("text",) if parents is None else ("text", "target_text"))
    hits = detect(activities, read, ruleset, everything=True, stances=False)
    own = narrowed(read, np.flatnonzero(read.number == FIELDS.index("text")))
    return own, hits, own.row


def _about(read: Any, settings: dict[str, Any]) -> dict[str, Any]:
    """What the model was made from: files with their hashes, counts, settings and library versions; no dates, no paths."""
    import numpy
    import scipy
    import sklearn

    return {
        "files": read.files,
        "texts": len(read.examples),
        "labels": {name: int(number) for name, number in read.examples["label"].value_counts().sort_index().items()},
        "settings": settings,
        "libraries": {"numpy": numpy.__version__, "scipy": scipy.__version__, "scikit-learn": sklearn.__version__},
    }
