-- Partial dates ('2011', '2011-03', '2011-03-01') as the first and the last day that they may mean.
CREATE OR REPLACE MACRO first_day(text) AS
    CAST(CASE length(text) WHEN 4 THEN text || '-01-01' WHEN 7 THEN text || '-01' ELSE text END AS DATE);

CREATE OR REPLACE MACRO last_day(text) AS
    CASE length(text)
        WHEN 4 THEN CAST(text || '-12-31' AS DATE)
        WHEN 7 THEN last_day_of_month(CAST(text || '-01' AS DATE))
        ELSE CAST(text AS DATE)
    END;

CREATE OR REPLACE MACRO last_day_of_month(day) AS CAST(date_trunc('month', day) + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE);

-- Days since 1970-01-01.
CREATE OR REPLACE MACRO day_number(day) AS date_diff('day', DATE '1970-01-01', day);
