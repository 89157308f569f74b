{{ config(materialized="table") }}
select * from {{ ref("parcels") }} where weight > 1
