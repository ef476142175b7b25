// Decoding what the page carries: JSON, deflated, in base64. Texts of papers come in blocks that
// are decoded when the panel first needs one, and forgotten when many others were needed since.

const BLOCKS_KEPT = 60;

// The value that the script element of that id carries.
atlas.unpack = async function (id) {
  const binary = atob(document.getElementById(id).textContent);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
};

// Texts by paper; `graph/atlas/texts.py` says what a record holds.
atlas.makeTexts = function (model) {
  const blocks = new Map();

  function block(number) {
    const known = blocks.get(number);
    if (known) blocks.delete(number); // the latest stand last
    const wanted = known || atlas.unpack("texts-" + number);
    blocks.set(number, wanted);
    if (blocks.size > BLOCKS_KEPT) blocks.delete(blocks.keys().next().value);
    return wanted;
  }

  // The texts of a paper, by its place.
  return async function (paper) {
    const rank = model.paperRank[paper];
    const record = (await block(Math.floor(rank / model.block)))[rank % model.block];
    const [title, titleMarks, abstract, abstractMarks, facts, sentences, sentenceOf, results] =
      record;
    const first = model.firstEdge[paper];
    return {
      title, titleMarks, abstract, abstractMarks, facts, results,
      // The sentence of an edge of this paper; empty where there is none.
      evidence: (edge) => sentences[sentenceOf[edge - first]] || "",
    };
  };
};
