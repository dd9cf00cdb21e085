from setuptools import find_packages, setup

REQUIRES = ["click>=8"]

setup(name="greet-setup-py", version="1.0", packages=find_packages(), install_requires=REQUIRES)
