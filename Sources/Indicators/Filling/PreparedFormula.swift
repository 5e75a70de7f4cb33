internal import Secrecy

/// A formula whose names have been looked up: all that it reads of a cube is found by adding to the number of a place.
indirect enum PreparedFormula {
  case cell(Cell)
  /// How many years lie between the first of the table and the one that the place is of.
  case span
  case measure(PreparedMeasure)
  case call(Formula.Function, [PreparedFormula])
  case moved([CubeMove], PreparedFormula)
  case sum(CubeSpread, PreparedFormula)
  case gini(CubeSpread, PreparedFormula, PreparedFormula)
  /// Not to be told of places that lie in both countries.
  case apart(PreparedFormula)
}

/// A measure of a cube: where it stands, and when it may be told.
struct PreparedMeasure {
  let block: CellBlock
  /// Nil for a band.
  let position: Int?
  let band: String?
  /// Added up over both countries, it means something.
  let addsUp: Bool
  /// Nobody knows it of those whom no perimeter may let in.
  let isOfRegisters: Bool
}

/// Another place of the same cube.
enum CubeMove {
  case member(axis: Int, Int)
  /// By year of the cube, the year that is meant; nil where there is none.
  case year([Int?])
  /// By place, the one that it is relative to.
  case place([Int])
}

/// The places that are added up over.
enum CubeSpread {
  case members(axis: Int, [Int])
  case places([Int])
}

/// The numbers of the places of a cube, by year, place and axes, and what is to be told of each.
struct CubeGround {
  let years: [Int]
  let places: Int
  let sizes: [Int]
  private let strides: [Int]
  private let perPlace: Int
  private let perYear: Int
  /// The first year of the table.
  let first: Int?
  /// By place, whether it lies in both countries.
  let isShared: [Bool]
  /// The axis that tells who employs, and of its members which add up over both countries and which are beyond
  /// registers.
  let who: Int?
  let addsUp: [Bool]
  let isBeyond: [Bool]

  init(
    years: [Int], places: Int, sizes: [Int], first: Int?, isShared: [Bool], who: Int?, addsUp: [Bool], isBeyond: [Bool]
  ) {
    self.years = years
    self.places = places
    self.sizes = sizes
    var strides = [Int](repeating: 1, count: sizes.count)
    for axis in sizes.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * sizes[axis + 1] }
    self.strides = strides
    perPlace = sizes.reduce(1, *)
    perYear = perPlace * places
    self.first = first
    self.isShared = isShared
    self.who = who
    self.addsUp = addsUp
    self.isBeyond = isBeyond
  }

  func key(year: Int, place: Int, _ members: [Int]) -> Int {
    zip(members, strides).reduce(year * perYear + place * perPlace) { $0 + $1.0 * $1.1 }
  }

  private func member(_ key: Int, _ axis: Int) -> Int { key / strides[axis] % sizes[axis] }

  private func with(_ key: Int, _ axis: Int, _ member: Int) -> Int {
    key + (member - self.member(key, axis)) * strides[axis]
  }

  private func place(_ key: Int) -> Int { key / perPlace % places }

  /// Nil where there is no such place.
  private func moved(_ key: Int, _ moves: [CubeMove]) -> Int? {
    var key = key
    for move in moves {
      switch move {
      case .member(let axis, let member): key = with(key, axis, member)
      case .year(let years):
        let year = key / perYear
        guard let other = years[year] else { return nil }
        key += (other - year) * perYear
      case .place(let references):
        let place = place(key)
        key += (references[place] - place) * perPlace
      }
    }
    return key
  }

  private func keys(_ spread: CubeSpread, _ key: Int) -> [Int] {
    switch spread {
    case .members(let axis, let members): return members.map { with(key, axis, $0) }
    case .places(let places):
      let own = place(key)
      return places.map { key + ($0 - own) * perPlace }
    }
  }

  func value(_ formula: PreparedFormula, _ key: Int) -> Cell {
    switch formula {
    case .cell(let cell): return cell
    case .span: return .constant(Double(years[key / perYear] - (first ?? years[key / perYear])))
    case .measure(let measure): return value(measure, key)
    case .call(let function, let parts):
      if parts.count == 2 { return function.cell(of: [value(parts[0], key), value(parts[1], key)]) }
      return function.cell(of: parts.map { value($0, key) })
    case .moved(let moves, let inner):
      guard let other = moved(key, moves) else { return .notAvailable }
      return value(inner, other)
    case .sum(let spread, let inner): return Cell.sum(keys(spread, key).map { value(inner, $0) })
    case .gini(let spread, let values, let weights):
      let keys = keys(spread, key)
      return Cell.gini(keys.map { value(values, $0) }, weights: keys.map { value(weights, $0) })
    case .apart(let inner): return isShared[place(key)] ? .notComparable : value(inner, key)
    }
  }

  private func value(_ measure: PreparedMeasure, _ key: Int) -> Cell {
    if isShared[place(key)] {
      guard measure.addsUp, who.map({ addsUp[member(key, $0)] }) ?? true else { return .notComparable }
    }
    if measure.isOfRegisters, let who, isBeyond[member(key, who)] { return .notAvailable }
    if let band = measure.band {
      return measure.block.bands.isEmpty ? .notAvailable : measure.block.bands[key][band] ?? .notAvailable
    }
    return measure.position.map { measure.block[key, $0] } ?? .notAvailable
  }
}
