x = 'é' 'ab\xg'
