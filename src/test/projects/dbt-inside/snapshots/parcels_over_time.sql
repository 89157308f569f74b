{% snapshot parcels_over_time %}
{{ config(target_schema="main", unique_key="id", strategy="check", check_cols=["weight"]) }}
select * from {{ ref("parcels") }}
{% endsnapshot %}
