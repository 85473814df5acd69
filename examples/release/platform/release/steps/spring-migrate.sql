-- Old timetables belong to the season in which they begin. Leaves those alone that have one.
ALTER TABLE timetable ADD COLUMN IF NOT EXISTS season text;

UPDATE timetable
SET season = CASE WHEN extract(month FROM begins_on) BETWEEN 4 AND 9 THEN 'summer' ELSE 'winter' END
WHERE season IS NULL;
