import sphinx

project = f'billing with Sphinx {sphinx.__version__}'
