"""A report in two forms that say the same: Markdown beside its pictures, and one HTML page that holds everything."""

from __future__ import annotations

import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simulation.pictures.style import NOTE

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>
body {{ font: 16px/1.55 system-ui, sans-serif; color: #22262B; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; }}
h2 {{ font-size: 1.15rem; margin-top: 2.2rem; border-top: 1px solid #E6E9EC; padding-top: 1rem; }}
table {{ border-collapse: collapse; font-size: .92rem; margin: .8rem 0; display: block; overflow-x: auto; }}
th, td {{ padding: .25rem .7rem; border-bottom: 1px solid #E6E9EC; text-align: left; }}
td.n, th.n {{ text-align: right; font-variant-numeric: tabular-nums; }}
img {{ max-width: 100%; }} pre {{ background: #F4F6F7; padding: .6rem .8rem; overflow-x: auto; }}
.soft {{ color: #5B636B; }}
</style></head><body>
{body}
</body></html>
"""


class Report:
    """A report in the making.

    Args:
        folder: Where it and its pictures are written.
        title: Its heading.
    """

    def __init__(self, folder: Path, title: str) -> None:
        self.folder = folder
        self.title = title
        self._markdown = [f"# {title}", ""]
        self._html = [f"<h1>{html.escape(title)}</h1>"]
        self.text(f"_{NOTE[0].upper()}{NOTE[1:]}: nothing here evaluates a real therapy or a real person._")

    def section(self, title: str) -> None:
        """Begin a section."""
        self._markdown += [f"## {title}", ""]
        self._html.append(f"<h2>{html.escape(title)}</h2>")

    def text(self, paragraph: str) -> None:
        """Add a paragraph; one wholly within underscores is soft."""
        self._markdown += [paragraph, ""]
        soft = paragraph.startswith("_") and paragraph.endswith("_")
        told = html.escape(paragraph.strip("_") if soft else paragraph)
        self._html.append(f'<p class="soft">{told}</p>' if soft else f"<p>{told}</p>")

    def code(self, lines: str) -> None:
        """Add what can be typed."""
        self._markdown += ["```sh", lines, "```", ""]
        self._html.append(f"<pre>{html.escape(lines)}</pre>")

    def bullets(self, items: Sequence[str]) -> None:
        """Add a list."""
        self._markdown += [*(f"- {item}" for item in items), ""]
        self._html.append("<ul>" + "".join(f"<li>{html.escape(item)}</li>" for item in items) + "</ul>")

    def table(self, frame: pd.DataFrame, name: str | None = None) -> None:
        """Add a table, and leave it as CSV if it has a name."""
        if name is not None:
            frame.to_csv(self.folder / f"{name}.csv", index=False, lineterminator="\n")
        heads = [str(column).replace("_", " ") for column in frame.columns]
        rows = [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
        number = [all(not isinstance(row[i], str) for row in frame.itertuples(index=False)) for i in range(len(heads))]
        escaped = [[cell.replace("|", "\\|") for cell in row] for row in rows]
        self._markdown += [
            "| " + " | ".join(heads) + " |",
            "|" + "|".join("---:" if n else "---" for n in number) + "|",
        ]
        self._markdown += ["| " + " | ".join(row) + " |" for row in escaped] + [""]
        kind = [' class="n"' if n else "" for n in number]
        head = "".join(f"<th{k}>{html.escape(h)}</th>" for k, h in zip(kind, heads, strict=True))
        body = "".join(
            "<tr>" + "".join(f"<td{k}>{html.escape(c)}</td>" for k, c in zip(kind, row, strict=True)) + "</tr>"
            for row in rows
        )
        self._html.append(f"<table><tr>{head}</tr>{body}</table>")

    def picture(self, figure: Figure, name: str, caption: str) -> None:
        """Add a picture and a line that says how to read it."""
        path = self.folder / f"{name}.png"
        figure.savefig(path, metadata={"Software": None})
        self._markdown += [f"![{caption}]({path.name})", "", f"*{caption}*", ""]
        image = base64.b64encode(path.read_bytes()).decode()
        shown = html.escape(caption, quote=True)
        self._html.append(
            f'<img alt="{shown}" src="data:image/png;base64,{image}"><p class="soft">{html.escape(caption)}</p>'
        )

    def write(self) -> None:
        """Write `report.md` and `report.html`."""
        (self.folder / "report.md").write_text("\n".join(self._markdown).rstrip() + "\n", encoding="utf-8")
        page = _PAGE.format(title=html.escape(self.title), body="\n".join(self._html))
        (self.folder / "report.html").write_text(page, encoding="utf-8")


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return "–" if value != value else f"{float(value):.3g}"
