import Diagnostics
import Filesystem
import NameIndex

/// The layout of a directory file: which part holds what.
///
/// Organisations stand in the order in which a list shows them, active and large ones first; their number in that
/// order is their position in every column.
enum DirectoryFormat {
  /// A change of any part, of the folding of names or of the order asks for another version.
  static let format = PackedFile.Format("ESSORDIR", version: 1)

  enum Part: UInt32 {
    // Texts take two numbers.
    case names = 32
    case numbers = 34
    case flags, forms, families, subfamilies, perimeters, lists, communes, divisions, bands, years, establishments
    case associations = 46
    /// Positions by country and number; by the number of the register of associations.
    case byNumber = 48
    case byAssociation
    case belgianPlaces, belgianPlaceOwners
    /// The organisations that have an establishment in each commune.
    case communeStarts, communeOrganisations
    case territories = 54
    case communeTerritories = 56
    case ancestorStarts, ancestors
    case placeNames = 60
    case placeNameTerritories = 62
    case territoryCommuneStarts = 82
    case territoryCommunes
    case familyTerms = 64
    case divisionTerms = 66
    case sectorTerms = 68
    case bandTerms = 70
    case classTerms = 72
    case formTerms = 74
    case perimeterTerms = 76
    case listTerms = 78
    case about = 80
  }

  enum Flag {
    static let isBelgian: UInt8 = 1
    static let isActive: UInt8 = 2
    static let isEmployer: UInt8 = 4
    static let isRestricted: UInt8 = 8
  }

  /// No commune, or one that may not be shown.
  static let noCommune = UInt16.max
}

extension PackedFile {
  func numbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ part: DirectoryFormat.Part, _ type: Element.Type
  ) throws(Problem) -> PackedNumbers<Element> { try numbers(part.rawValue, type) }

  func texts(_ part: DirectoryFormat.Part) throws(Problem) -> Texts { try texts(part.rawValue) }
}
