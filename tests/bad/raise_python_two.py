raise E, 'm'
