{{ config(materialized="view") }}
select town, count(*) as parcels, sum(weight) as weight from {{ ref("parcels") }} group by town
