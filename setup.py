"""Says what pyproject.toml cannot: the packages by pattern, and `resources/` inside `cop_desktop`.

In the source tree `resources/` is a top-level folder without Python; in a wheel the same files are
`cop_desktop/_resources/`.
"""

from setuptools import find_namespace_packages, setup

PACKAGES = find_namespace_packages(
    include=["cop_desktop", "cop_desktop.*", "sync", "sync.*"], exclude=["*__pycache__*"]
)

setup(
    packages=[*PACKAGES, "cop_desktop._resources"],
    package_dir={"cop_desktop._resources": "resources"},
    package_data={"": ["*"], "cop_desktop._resources": ["**/*"]},
)
