// answers: the tables of the embedded store
// parameters: none
// returns: nothing
CREATE NODE TABLE Person(
    id STRING PRIMARY KEY,
    name STRING,
    other_names STRING[],
    title STRING,
    birth_name STRING,
    birth_date STRING,
    city STRING,
    country STRING,
    occupation STRING,
    team BOOLEAN,
    bodies INT64,
    connections INT64,
    records STRING[],
    only_for STRING[],
    role_score INT64,
    relationship_score DOUBLE,
    assessed_influence_score DOUBLE,
    score_policy STRING,
    score_date STRING,
    score_account STRING,
    score_accounts INT64,
    influence_score DOUBLE,
    betweenness DOUBLE,
    influence_method STRING,
    revision STRING
);
CREATE NODE TABLE Organisation(
    id STRING PRIMARY KEY,
    name STRING,
    kind STRING,
    previous_names STRING[],
    part_of STRING,
    legal_form STRING,
    register_court STRING,
    register_number STRING,
    identifier STRING,
    lei STRING,
    industry_code STRING,
    size INT64,
    website STRING,
    address STRING,
    postcode STRING,
    city STRING,
    country STRING,
    status STRING,
    most_members INT64,
    too_large BOOLEAN,
    connections INT64,
    records STRING[],
    revision STRING
);
CREATE NODE TABLE Event(
    id STRING PRIMARY KEY,
    kind STRING,
    `date` STRING,
    `text` STRING,
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING,
    revision STRING
);
CREATE NODE TABLE Record(
    id STRING PRIMARY KEY,
    `table` STRING,
    entity STRING,
    name_as_written STRING,
    city STRING,
    link_to STRING,
    because STRING,
    probability DOUBLE,
    proof STRING,
    evidence STRING,
    attributes STRING,
    pairs STRING,
    facts STRING,
    only_for STRING[],
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING,
    revision STRING
);
CREATE NODE TABLE Account(
    id STRING PRIMARY KEY,
    name STRING,
    topic STRING,
    responsible STRING,
    stakeholders INT64,
    revision STRING
);
CREATE NODE TABLE Stakeholder(
    id STRING PRIMARY KEY,
    account STRING,
    account_name STRING,
    person STRING,
    name STRING,
    position STRING,
    outside BOOLEAN,
    role STRING,
    role_score INT64,
    type STRING,
    relationship_score DOUBLE,
    relationship_average DOUBLE,
    relationship_best DOUBLE,
    relationship_responsible DOUBLE,
    policy STRING,
    influence_score DOUBLE,
    power DOUBLE,
    interest DOUBLE,
    segment STRING,
    fan_company STRING,
    fan_salesperson STRING,
    colour STRING,
    second_colour STRING,
    responsible STRING,
    assessors INT64,
    `date` STRING,
    revision STRING
);
CREATE REL TABLE MANDATE(
    FROM Person TO Organisation, FROM Organisation TO Organisation,
    record_id STRING,
    holder_record STRING,
    organisation_record STRING,
    role STRING,
    role_as_written STRING,
    since STRING,
    until STRING,
    last_seen STRING,
    `current` BOOLEAN,
    name_as_written STRING,
    only_for STRING[],
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING
);
CREATE REL TABLE SHAREHOLDING(
    FROM Person TO Organisation, FROM Organisation TO Organisation,
    record_id STRING,
    holder_record STRING,
    organisation_record STRING,
    kind STRING,
    share_minimum DOUBLE,
    share_maximum DOUBLE,
    since STRING,
    until STRING,
    last_seen STRING,
    `current` BOOLEAN,
    name_as_written STRING,
    only_for STRING[],
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING
);
CREATE REL TABLE CONTACT(
    FROM Person TO Person,
    record_id STRING,
    person_record STRING,
    owner STRING,
    visibility STRING,
    kind STRING,
    since STRING,
    closeness INT64,
    name_as_written STRING,
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING
);
CREATE REL TABLE INTERACTION(
    FROM Person TO Person,
    record_id STRING,
    person_record STRING,
    owner STRING,
    visibility STRING,
    kind STRING,
    `date` STRING,
    source STRING,
    source_key STRING,
    `file` STRING,
    `line` INT64,
    retrieved_at STRING,
    licence STRING
);
CREATE REL TABLE HAS_EVENT(
    FROM Organisation TO Event, FROM Person TO Event,
    record_id STRING,
    of_record STRING
);
CREATE REL TABLE TIE(
    FROM Person TO Person,
    strength DOUBLE,
    reasons INT64,
    kinds STRING[],
    organisations STRING[]
);
CREATE REL TABLE CUSTOMER(
    FROM Account TO Organisation,
    name STRING
);
CREATE REL TABLE STAKEHOLDER_IN(
    FROM Stakeholder TO Account,
    position STRING
);
CREATE REL TABLE IS_PERSON(
    FROM Stakeholder TO Person,
    name STRING
);
CREATE REL TABLE INFLUENCES(
    FROM Stakeholder TO Stakeholder,
    account STRING
);
CREATE REL TABLE LOOKS_AFTER(
    FROM Person TO Stakeholder,
    cell STRING,
    colleague STRING,
    entered_by STRING,
    `date` STRING
);
CREATE REL TABLE WAITING(
    FROM Record TO Record,
    because STRING,
    probability DOUBLE,
    evidence STRING
);
