drop index attempts_by_kind;
