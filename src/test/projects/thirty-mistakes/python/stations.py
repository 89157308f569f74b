def sound_function():
    return 1


def other_signature(number):
    return number
