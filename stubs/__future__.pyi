# Every feature is mandatory by now, or only changes how annotations are stored.
nested_scopes: object
generators: object
division: object
absolute_import: object
with_statement: object
print_function: object
unicode_literals: object
generator_stop: object
annotations: object
