internal import Filesystem

/// The groups of a question that a row of facts counts in: one for each combination of its members in each dimension,
/// numbered as the cells of a year are.
struct KeyFinder {
  private let facts: Facts
  private let places: Membership
  private let dimensions: [Dimension]
  private let strides: [Int]
  let perPlace: Int
  let perYear: Int
  let count: Int

  init(_ facts: Facts, _ question: Question) {
    self.facts = facts
    places = question.places.membership
    dimensions = question.dimensions
    var strides: [Int] = []
    var count = 1
    for dimension in dimensions.reversed() {
      strides.insert(count, at: 0)
      count *= dimension.count
    }
    self.strides = strides
    perPlace = count
    perYear = count * question.places.count
    self.count = perYear * question.years.count
  }

  func keys(of row: Int) -> [Int] {
    var keys = places.list(Int(facts.commune.raw[row])).map { Int($0) * perPlace }
    for (dimension, stride) in zip(dimensions, strides) {
      if keys.isEmpty { break }
      let value =
        switch dimension.attribute {
        case .rowClass: Int(facts.rowClass.raw[row])
        case .division: Int(facts.division.raw[row])
        case .size: Int(facts.size.raw[row])
        case .trait: Int(facts.trait.raw[row])
        case .commune: Int(facts.commune.raw[row])
        case .seat: 0
        }
      let members = dimension.membership.list(value)
      keys = keys.flatMap { key in members.map { key + Int($0) * stride } }
    }
    return keys
  }
}
