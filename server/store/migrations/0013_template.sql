-- The sentence that was chosen for the person who reported, by its code. It is nobody's words, so whoever joined the report reads it too.

ALTER TABLE step ADD COLUMN template TEXT;
