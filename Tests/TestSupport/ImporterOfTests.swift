package import Warehouse

extension Observatory {
  /// With the rules of this checkout, read once for all tests.
  package var importer: Importer {
    Importer(self, ImportRules(Checkout.installation) { try Checkout.territories })
  }
}
