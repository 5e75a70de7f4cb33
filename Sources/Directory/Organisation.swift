package import Nomenclature
import Registers

/// What a directory says of one organisation.
package struct Organisation: Sendable {
  package let position: Int
  package let country: Country
  package let number: UInt64
  /// Empty where its diffusion is restricted, or where the register gives none.
  package let name: String
  /// Its number in the register of associations, `W123456789`.
  package let association: String
  package let form: Term?
  /// Under the perimeter in force; nil where it is outside.
  package let family: Term?
  package let subfamily: Term?
  package let perimeters: [Term]
  package let lists: [Term]
  package let division: Term?
  /// The public size band of its register.
  package let band: Term?
  package let size: Term?
  package let isActive: Bool
  package let isEmployer: Bool
  package let isRestricted: Bool
  /// Where its head is, among the communes of the directory; never told where diffusion is restricted.
  package let commune: Int?
  package let year: Int?
  package let establishments: Int

  /// The number as it is printed: `123456782`, `0400.378.485`.
  package var id: String {
    country == .fr ? Identifiers.padded(number, 9) : Identifiers.printedBelgian(number)
  }
}
