alter table users drop column changed_position;
