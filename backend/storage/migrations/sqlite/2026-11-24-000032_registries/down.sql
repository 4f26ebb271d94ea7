drop table registry_mappings;
drop table registry_lines;
drop table registries;
