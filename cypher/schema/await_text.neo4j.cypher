// answers: waits until the full-text indexes hold everything that was written
// parameters: none
// returns: nothing
CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh();
