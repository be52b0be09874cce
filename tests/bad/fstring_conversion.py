f'{a!z}'
