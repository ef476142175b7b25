"""How the shipped tagger was taught: a large teacher, at training time only.

A BERT encoder is trained on the annotated abstracts, marks unlabelled ones with the probability of
each tag, and the small network that ships learns these probabilities beside the annotations. The
student is trained in PyTorch with the layers of spaCy's `MultiHashEmbed` and
`MaxoutWindowEncoder`, and its arrays are then written into a spaCy pipeline; at run time PyTorch
is not needed. In order:

1. `python -m extract.distillation.checkpoint JAR -o BERT` unpacks Google's weights.
2. `python -m extract.distillation.teacher GOLD --bert BERT -o TEACHER` trains the teacher.
3. `python -m extract.distillation.marking UNLABELLED --teacher TEACHER -o MARKED` marks abstracts.
4. `python -m extract.distillation.learning GOLD MARKED -o MODEL` trains the pipeline that ships.

They need the group `distillation` of pyproject.toml. `extract/model/README.md` has the figures.
"""
