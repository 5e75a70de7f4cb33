import Diagnostics
import Filesystem
import Nomenclature
import Territory

/// Where the territories of publishers' tables lie among the communes of today. Made once for a release and a book, for all
/// the territories that are asked for.
final class PublishedPlaces {
  let index: PublishedIndex
  let book: TerritoryBook
  /// By position in the book: the commune itself and those of before that it took over, by their positions in the index.
  private(set) var ofCommune: [Int: [Int]] = [:]
  /// Communes that were divided, each with the communes of today that have a part of it.
  private(set) var divided: [(territory: Int, shares: [Int])] = []
  /// The communes of today under their own codes.
  private(set) var ofToday: Set<Int> = []
  /// Paris, Lyon and Marseille, of which tables may give the arrondissements.
  let cities: Set<Int>
  /// The communes of every territory of the book.
  private(set) lazy var members: [String: [Int]] = {
    var members: [String: [Int]] = [:]
    for (position, commune) in book.communes.enumerated() {
      members[commune.code, default: []].append(position)
      for code in commune.ancestors where code != commune.code { members[code, default: []].append(position) }
    }
    return members
  }()

  init(_ index: PublishedIndex, _ book: TerritoryBook) throws(Problem) {
    self.index = index
    self.book = book
    cities = Set(["75056", "69123", "13055"].compactMap { book.french[$0] })
    for territory in 0..<index.territories.count {
      let text = try index.territories[territory]
      guard text.dropFirst(2).hasPrefix("-COM-"), let country = Country(rawValue: String(text.prefix(2))) else {
        continue
      }
      let (code, positions) = (String(text.dropFirst(7)), country == .fr ? book.french : book.belgian)
      if let position = positions[code] {
        ofCommune[position, default: []].append(territory)
        if book.communes[position].code == text { ofToday.insert(territory) }
      }
      if case .divided(let shares) = book.histories[country]?.fate(of: code) {
        divided.append((territory, shares.map { positions[$0.code] ?? -1 }))
      }
    }
  }

  /// The communes of a territory, or of several together.
  func communes(of code: String) -> [Int] {
    guard let group = Territory.members(ofGroup: code) else { return members[code] ?? [] }
    return Set(group.flatMap { members[$0] ?? [] }).sorted()
  }

  /// A copy of a book has the same communes in the same memory, which this one keeps from being used again.
  func isOf(_ other: TerritoryBook) -> Bool {
    book.communes.withUnsafeBufferPointer { own in
      other.communes.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress && own.count == $0.count }
    }
  }
}
