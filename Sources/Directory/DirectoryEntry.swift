package import Nomenclature

/// One organisation as a directory takes it in.
package struct DirectoryEntry: Sendable {
  package var country: Country
  package var number: UInt64
  /// Empty where its diffusion is restricted: what is not given cannot come out.
  package var name = ""
  package var association = ""
  package var form = ""
  /// Under the perimeter in force; empty where it is outside.
  package var family = ""
  package var subfamily = ""
  /// A bit for each perimeter that has it, in the order of the books.
  package var perimeters: UInt32 = 0
  package var lists: [String] = []
  package var activity: Activity?
  package var band = ""
  package var isActive = true
  package var isEmployer = false
  package var isRestricted = false
  /// Position of the commune of its head among the communes of the territories; nil where it has none.
  package var commune: Int?
  package var year: Int?
  package var establishments = 0

  package init(_ country: Country, _ number: UInt64) {
    self.country = country
    self.number = number
  }
}
