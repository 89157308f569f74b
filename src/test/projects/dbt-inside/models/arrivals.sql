{{ config(materialized="incremental", unique_key="id") }}
select id, weight from {{ ref("parcels") }}
{% if is_incremental() %} where id > (select max(id) - 1 from {{ this }}) {% endif %}
