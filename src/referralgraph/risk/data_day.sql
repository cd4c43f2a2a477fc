-- The last day on which any source stated anything of an organisation. From: mandate, shareholding, event, organisation_record.
SELECT day_number(CAST(max(retrieved_at) AS DATE)) AS day
FROM (
    SELECT retrieved_at FROM mandate
    UNION ALL
    SELECT retrieved_at FROM shareholding
    UNION ALL
    SELECT retrieved_at FROM event
    UNION ALL
    SELECT retrieved_at FROM organisation_record
)
