-- the mistake stands in this file, not in the YAML
SELECT id
FROM statoins
ORDER BY id
