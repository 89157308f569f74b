def model(dbt, session):
    dbt.config(materialized="table")
    frame = dbt.ref("heavy").df()
    frame["doubled"] = frame["weight"] * 2
    return frame
