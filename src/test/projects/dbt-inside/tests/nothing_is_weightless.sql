select * from {{ ref("parcels") }} where weight <= 0
