// Papers by text: those with the most of the words come first.
//
// Words are what blanks divide, 50 at most, without regard to case. A paper has a word where it stands
// in the title or the abstract, not as a part of a longer word or number. The full-text index gives the
// candidates, its score plays no part. Ordered by the number of words that the paper has (most first),
// then paper_id. Each candidate is read, so a word of most papers costs much.
//
// $text (text): such as "language model pretraining".
// $limit (integer): most rows, such as 10. Default 20.

WITH split(replace(toLower($text), '\u03c2', '\u03c3'), ' ') AS typed
WITH [place IN range(0, size(typed) - 1)
  WHERE typed[place] =~ '(?s).*[\\p{L}\\p{N}].*' AND NOT typed[place] IN typed[..place] | typed[place]
][..50] AS words
WHERE size(words) > 0
WITH
  words,
  // What is one word with a letter or digit beside it, and what joins two of them, in the index and
  // here: graph/words.py has the same.
  '[\\p{L}\\p{N}\\p{M}\\p{Pc}\\p{Cf}\u02c2-\u02df\u066b\u202f\ud800\udc00-\udbff\udfff]' AS letter,
  '[.,:;\'"\u00b7\u0387\u037e\u055f\u0589\u05f4\u060c\u060d\u066c\u07f8\u2018\u2019\u2024\u2027\u2044\ufe10\ufe13\ufe14\ufe50\ufe52\ufe54\ufe55\uff07\uff0c\uff0e\uff1a\uff1b]' AS joint,
  // The index takes other scripts apart in ways of its own: for them all papers are candidates.
  all(word IN words WHERE word =~ '[!-~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u03b1-\u03c1\u03c4-\u03c9]*') AS indexed
UNWIND words AS word
WITH
  indexed,
  word,
  '"' + replace(replace(word, '\\', '\\\\'), '"', '\\"') + '"' AS phrase,
  '(?s)(?:.*(?<!' + letter + ')(?<!' + letter + joint + '))?\\Q' + replace(word, '\\E', '\\E\\\\E\\Q')
    + '\\E(?!' + letter + ')(?!' + joint + letter + ').*' AS pattern
WITH indexed, collect([word, phrase, pattern]) AS words
CALL (words, indexed) {
  UNWIND CASE WHEN indexed THEN words ELSE [] END AS word
  CALL db.index.fulltext.queryNodes('paperkg_text', word[1]) YIELD node AS paper
  WITH paper, count(*) AS most
  WHERE paper:Paper
  RETURN paper, most
  UNION
  UNWIND CASE WHEN indexed THEN [] ELSE [size(words)] END AS most
  MATCH (paper:Paperkg:Paper)
  RETURN paper, most
}
WITH words, paper, most
ORDER BY paper.id
WITH words, collect([paper, most]) AS candidates
// The index may find more than there is, never less: who has `level` words is among `most >= level`.
UNWIND range(1, size(words)) AS level
CALL (words, candidates, level) {
  UNWIND candidates AS candidate
  WITH candidate[0] AS paper, candidate[1] AS most
  WHERE most >= level
  WITH paper,
    replace(toLower(paper.name), '\u03c2', '\u03c3') AS title,
    replace(toLower(coalesce(paper.abstract, '')), '\u03c2', '\u03c3') AS abstract
  WITH paper, [word IN words
    WHERE (title CONTAINS word[0] AND title =~ word[2])
    OR (abstract CONTAINS word[0] AND abstract =~ word[2])
  | word[0]] AS matched
  WHERE size(matched) = level
  RETURN paper, matched
  LIMIT $limit
}
RETURN
  paper.id AS paper_id,
  paper.name AS title,
  coalesce(paper.published, paper.seen_on) AS date,
  level AS words,
  matched
ORDER BY words DESC, paper_id
LIMIT $limit
