// answers: writes everything into the file
// parameters: none
// returns: nothing
CHECKPOINT;
