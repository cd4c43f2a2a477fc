// A reading query about one node becomes one about a list: between its MATCH and its RETURN, with the node found first, by its key.
// WITH keeps it so: joined in one MATCH the embedded store may read the whole table at the other end.
UNWIND $ids AS wanted
MATCH {keyed}
WITH wanted, {node}
MATCH {pattern}
RETURN wanted, {columns}
