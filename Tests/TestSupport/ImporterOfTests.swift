package import Warehouse

extension Observatory {
  /// With the rules of this checkout.
  package var importer: Importer { get throws { Importer(self, ImportRules(Checkout.installation, self)) } }
}
