import Diagnostics
import Foundation
import JSONText
import TestSupport
import Testing

@Suite("JSON, read strictly")
struct JSONReaderTests {
  private func read(_ text: String) throws -> JSONNode {
    try JSONReader.read(utf8(text), at: Place(file: "a.json"))
  }

  /// The same as Foundation's reader, on documents drawn at random.
  @Test func `another reader finds the same`() throws {
    var random = SplitMix64(seed: 11)
    for _ in 0..<400 {
      let value = Self.drawn(&random, depth: 0)
      let data = try JSONSerialization.data(
        withJSONObject: ["x": value], options: random.chance(50) ? [.prettyPrinted] : [])
      let node = try JSONReader.read(Array(data), at: Place(file: "a.json"))
      #expect(Self.alike(try #require(node["x"]), value), "\(String(decoding: data, as: UTF8.self))")
    }
  }

  private static func drawn(_ random: inout SplitMix64, depth: Int) -> Any {
    switch random.number(0...(depth > 3 ? 3 : 5)) {
    case 0: return NSNull()
    case 1: return random.chance(50)
    case 2: return random.number(-1_000_000...1_000_000)
    case 3: return random.pick(["", "é", "a\"b\\c", "\u{1}\n\t", "😀", "n° 1/4"])
    case 4: return (0..<random.number(0...3)).map { _ in drawn(&random, depth: depth + 1) }
    default:
      var object: [String: Any] = [:]
      for _ in 0..<random.number(0...3) {
        object[random.pick(["a", "b", "clé", "x y"])] = drawn(&random, depth: depth + 1)
      }
      return object
    }
  }

  private static func alike(_ node: JSONNode, _ value: Any) -> Bool {
    switch (node.value, value) {
    case (.null, is NSNull): true
    case (.number(let text), let value as Int): text == String(value)
    case (.text(let text), let value as String): text == value
    case (.array(let elements), let value as [Any]):
      elements.count == value.count && zip(elements, value).allSatisfy { alike($0, $1) }
    case (.object(let members), let value as [String: Any]):
      members.count == value.count
        && members.allSatisfy { member in value[member.key].map { alike(member.value, $0) } ?? false }
    case (.boolean(let flag), let value as Bool): flag == value
    default: false
    }
  }

  @Test(
    arguments: [
      ("", "json.ends", 1), ("{", "json.ends", 1), ("{\"a\":\n", "json.ends", 2), ("[1,\n2", "json.ends", 2),
      ("\"abc", "json.ends", 1), ("[tru", "json.ends", 1), ("-", "json.ends", 1), ("\"\\u12", "json.ends", 1),
      ("[1,\n\n]", "json.syntax", 3), ("{a:1}", "json.syntax", 1), ("[1]x", "json.syntax", 1),
      ("[01]", "json.syntax", 1), ("[1.]", "json.syntax", 1), ("\"\u{1}\"", "json.syntax", 1),
      ("\"\\x\"", "json.syntax", 1), ("\"\\ud800\"", "json.syntax", 1), ("{\"a\" 1}", "json.syntax", 1),
      ("nulL", "json.syntax", 1), ("<html>", "json.syntax", 1), ("'a'", "json.syntax", 1),
    ])
  func `what is broken is told with its line`(text: String, code: String, line: Int) throws {
    expectProblem(code, line: line, "\(text)") { _ = try read(text) }
  }

  @Test func `every beginning of a document is cut, and nothing else`() throws {
    let text = #"{"a": [1, -2.5e3, "é\n\u00e9\ud83d\ude00"], "b": {"c": null, "d": true}}"#
    let bytes = utf8(text)
    for length in 0..<bytes.count {
      expectProblem("json.ends", "\(length)") {
        _ = try JSONReader.read(Array(bytes.prefix(length)), at: Place(file: "a.json"))
      }
    }
    #expect(try read(text)["A"]?.elements?.count == 3)
    #expect(try read(text)["a"]?.elements?[2].written == "é\né😀")
  }

  @Test(
    arguments: [
      ("1500", "1500"), ("1.5E3", "1500"), ("1.5e-3", "0.0015"), ("-12E1", "-120"), ("0.50e1", "5"), ("1E0", "1"),
      ("-0.0e2", "-0"), ("1E65", nil), ("1E99999999999999999999", nil), ("\"1E3\"", nil),
    ] as [(String, String?)])
  func `a number without its exponent`(text: String, plain: String?) throws {
    #expect(try read(text).plainNumber == plain)
  }

  @Test func `nesting has its end`() throws {
    let deep = String(repeating: "[", count: JSONReader.deepest + 2)
    expectProblem("json.syntax") { _ = try read(deep) }
    #expect(try read(String(repeating: "[", count: 20) + String(repeating: "]", count: 20)).elements?.count == 1)
  }

  @Test func `bytes that are no text stop nothing but the reading`() throws {
    var random = SplitMix64(seed: 3)
    for _ in 0..<2_000 {
      let bytes = random.bytes(random.number(0...30), from: Array("{}[]\",:0123.eE-+ \\un\u{e9}tf\n".utf8) + [0xff])
      do {
        _ = try JSONReader.read(bytes, at: Place(file: "a.json"))
      } catch {
        #expect(["json.syntax", "json.ends"].contains(error.code))
      }
    }
  }
}
