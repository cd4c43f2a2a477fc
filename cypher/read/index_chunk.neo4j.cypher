// answers: one chunk of a file of the index
// parameters: revision (STRING, e.g. 0123456789abcdef), id (STRING, e.g. names.arrow/0)
// returns: bytes
MATCH (c:IndexChunk {revision: $revision, id: $id})
RETURN c.bytes AS bytes;
