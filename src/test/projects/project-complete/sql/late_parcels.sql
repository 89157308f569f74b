SELECT parcel, phone FROM parcels WHERE due < $as_of AND depot IN (SELECT unnest($depots));
