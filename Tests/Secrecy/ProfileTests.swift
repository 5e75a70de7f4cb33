import Secrecy
import Testing
import TestSupport
