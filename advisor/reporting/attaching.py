"""The data of an assessment inside its PDF: a file attached to the document, as PDF/UA allows it.

WeasyPrint attaches files too, but dates them and says what they are to the document in PDF/A alone. Here nothing depends
on the clock, and the file is named as the data the document was drawn from.
"""

from __future__ import annotations

from typing import Any

NAME = "assessment.json"
ABOUT = "The assessment as data; advisor open reads it again."


def attach(pdf: Any, content: bytes) -> None:
    """Attach ``content`` as :data:`NAME` to a PDF that is being finished."""
    import pydyf

    params = pydyf.Dictionary({"Size": len(content)})
    kind = {"Type": "/EmbeddedFile", "Subtype": "/application#2fjson", "Params": params}
    stream = pydyf.Stream([content], kind, compress=True)
    pdf.add_object(stream)
    names = {"F": pydyf.String(NAME), "UF": pydyf.String(NAME), "Desc": pydyf.String(ABOUT)}
    held = {"Type": "/Filespec", "EF": pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})}
    spec = pydyf.Dictionary({**held, **names, "AFRelationship": "/Source"})
    pdf.add_object(spec)
    files = pydyf.Dictionary({"Names": pydyf.Array([pydyf.String(NAME), spec.reference])})
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = files
    pdf.catalog["AF"] = pydyf.Array([spec.reference])
