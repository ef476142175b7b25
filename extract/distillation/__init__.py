"""How the shipped tagger was taught: a large teacher, at training time only.

A BERT encoder is trained on the annotated abstracts and marks unlabelled ones: with the probability
of each tag, which the small network that ships learns beside the annotations, and with roles and
results, from which `extract.role_training` and `extract.result_training` learn. The
student is trained in PyTorch with the layers of spaCy's `MultiHashEmbed` and
`MaxoutWindowEncoder`, and its arrays are then written into a spaCy pipeline; at run time PyTorch
is not needed. In order:

1. `python -m extract.distillation.checkpoint JAR -o BERT` unpacks Google's weights.
2. `python -m extract.distillation.teacher GOLD --bert BERT -o TEACHER` trains the teacher.
3. `python -m extract.distillation.marking UNLABELLED --teacher TEACHER -o MARKED` marks abstracts.
4. `python -m extract.distillation.learning GOLD MARKED/*.npz -o MODEL` trains the pipeline that
   ships; archives of several teachers may be given.
5. `python -m extract.role_training GOLD --marked MARKED -o FILE`, and `extract.result_training`.

They need the group `distillation` of pyproject.toml. `extract/model/README.md` has the figures.
"""
