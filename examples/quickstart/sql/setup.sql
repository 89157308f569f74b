-- Builds the database from the CSV files. Run once, by python/load_data.py, when the tables are missing.
BEGIN;

CREATE TABLE station (
    id       INTEGER PRIMARY KEY,
    name     VARCHAR NOT NULL,
    district VARCHAR NOT NULL,
    docks    INTEGER NOT NULL,
    lat      DOUBLE NOT NULL,
    lon      DOUBLE NOT NULL,
    opened   DATE NOT NULL
);

CREATE TABLE trip (
    id           INTEGER PRIMARY KEY,
    bike         INTEGER NOT NULL,
    from_station INTEGER NOT NULL,
    to_station   INTEGER NOT NULL,
    started_at   TIMESTAMP NOT NULL,
    ended_at     TIMESTAMP NOT NULL,
    kilometres   DOUBLE NOT NULL,
    rider        VARCHAR NOT NULL,
    fare         DECIMAL(6, 2) NOT NULL
);

CREATE SEQUENCE problem_id;

CREATE TABLE problem (
    id          INTEGER PRIMARY KEY DEFAULT nextval('problem_id'),
    station_id  INTEGER NOT NULL,
    kind        VARCHAR NOT NULL,
    note        VARCHAR,
    contact     VARCHAR,
    reported_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

INSERT INTO station SELECT * FROM read_csv('data/stations.csv', header = true);
INSERT INTO trip SELECT * FROM read_csv('data/trips.csv', header = true);

COMMIT;
