import unittest
from unittest.mock import patch
