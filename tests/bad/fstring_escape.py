x = f'a\x4{b}'
