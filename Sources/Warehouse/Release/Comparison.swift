/// A published figure beside that of a release.
package struct Comparison: Codable, Sendable {
  package let territory: String
  package let measure: Published.Measure
  package let family: String
  package let perimeter: String
  package let publishedYear: Int
  package let published: Double
  package let year: Int
  /// What the release gives; of a simulation, brought back to the size of the country.
  package let found: Double
  /// Found less published: in points for shares, in per cent for numbers.
  package let gap: Double
  package let tolerance: Double
  /// Nil where the figure is not one that the release should give.
  package let isWithin: Bool?
  package let confidence: String
  package let source: String
  package let note: String

  enum CodingKeys: String, CodingKey {
    case territory, measure, family, perimeter, published, year, found, gap, tolerance, confidence, source, note
    case publishedYear = "published_year"
    case isWithin = "within"
  }

  package init(_ fact: Published.Fact, year: Int, found: Double, isJudged: Bool) {
    territory = fact.territory
    measure = fact.measure
    family = fact.family
    perimeter = fact.perimeter
    publishedYear = fact.year
    published = fact.value
    self.year = year
    self.found = found
    let gap = fact.measure.isShare ? found - fact.value : (found / fact.value - 1) * 100
    self.gap = gap
    tolerance = fact.tolerance
    isWithin = isJudged && fact.isTarget ? gap.magnitude <= fact.tolerance : nil
    confidence = fact.confidence
    source = fact.source
    note = fact.note
  }
}
