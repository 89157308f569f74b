"""A module that is not there is imported."""
import no_such_module_anywhere


def python_import():
    return no_such_module_anywhere.answer
