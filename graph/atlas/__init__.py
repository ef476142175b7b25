"""The atlas: the whole graph as one HTML file that needs no network, drawn by sigma.js.

- `layout.py`, `forces.py`: where everything is
- `table.py`: papers, concepts and edges as columns
- `texts.py`: abstracts, evidence and results, in blocks that the page reads when it needs them
- `encoding.py`: JSON, deflated, in base64
- `page.py`: the document, `draw_atlas`
- `browser/`: what runs in the page; `vendor/`: sigma.js and graphology as published
"""
