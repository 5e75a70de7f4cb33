extension ArcLayer {
  /// How a plain drawing looks, and what stands under it.
  package struct Drawing: Sendable {
    package var width = 1000.0
    package var title: String
    /// For each feature the name that a pointer shows.
    package var names: [String]
    /// Features with a shape that is only near the true one: hatched, their borders dashed.
    package var approximate: Set<Int>
    /// Lines under the drawing; the first with the hatched sign where there is something approximate.
    package var notes: [String]
    package var language: String

    package init(title: String, names: [String], approximate: Set<Int>, notes: [String], language: String) {
      (self.title, self.names, self.approximate) = (title, names, approximate)
      (self.notes, self.language) = (notes, language)
    }
  }

  /// A plain drawing: surfaces, borders between them drawn once, a stronger line around the whole.
  package func svg(_ drawing: Drawing) -> [UInt8] {
    let box = box
    let margin = 10.0
    let scale = (drawing.width - 2 * margin) / max(box.width, 1e-9)
    let mapHeight = box.height * scale + 2 * margin
    let lineHeight = 24.0
    let height = mapHeight + Double(drawing.notes.count + 1) * lineHeight + margin
    func place(_ point: Point) -> String {
      fixed((point.x - box.west) * scale + margin, 1) + "," + fixed((box.north - point.y) * scale + margin, 1)
    }
    let size = "\(fixed(drawing.width, 0)) \(fixed(height, 0))"
    var text = """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(fixed(drawing.width, 0))" \
      height="\(fixed(height, 0))" role="img" lang="\(drawing.language)" font-family="sans-serif">
      <title>\(xml(drawing.title))</title>
      <defs><pattern id="approximate" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
      <rect width="8" height="8" fill="#f4f1ea"/><path d="M0,0V8" stroke="#c9c2b2" stroke-width="2"/></pattern></defs>
      <rect width="100%" height="100%" fill="#ffffff"/>
      <g fill-rule="evenodd">

      """
    for (index, feature) in features.enumerated() {
      let data = feature.polygons.flatMap { $0 }.map { ring in
        "M" + points(of: ring).dropLast().map(place).joined(separator: "L") + "Z"
      }.joined()
      let fill = drawing.approximate.contains(index) ? "url(#approximate)" : "#f4f1ea"
      text +=
        "<path id=\"\(xml(feature.id))\" fill=\"\(fill)\" d=\"\(data)\"><title>\(xml(drawing.names[index]))</title></path>\n"
    }
    text += "</g>\n<g fill=\"none\" stroke=\"#5b5648\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n"
    for isOuter in [false, true] {
      for isApproximate in [false, true] {
        let lines = arcs.filter { arc in
          (arc.left == nil || arc.right == nil) == isOuter
            && [arc.left, arc.right].contains { $0.map(drawing.approximate.contains) == true } == isApproximate
        }
        guard !lines.isEmpty else { continue }
        let data = lines.map { "M" + $0.points.map(place).joined(separator: "L") }.joined()
        let dashes = isApproximate ? " stroke-dasharray=\"5 4\"" : ""
        text += "<path stroke-width=\"\(isOuter ? "1.6" : "0.7")\"\(dashes) d=\"\(data)\"/>\n"
      }
    }
    text += "</g>\n"
    text += line(drawing.title, at: mapHeight + lineHeight * 0.7, size: 18, indent: margin)
    for (index, note) in drawing.notes.enumerated() {
      let baseline = mapHeight + lineHeight * (Double(index) + 1.7)
      let hasSign = index == 0 && !drawing.approximate.isEmpty
      if hasSign {
        text +=
          "<rect x=\"\(fixed(margin, 0))\" y=\"\(fixed(baseline - 12, 1))\" width=\"22\" height=\"14\" "
          + "fill=\"url(#approximate)\" stroke=\"#5b5648\" stroke-dasharray=\"5 4\"/>\n"
      }
      text += line(note, at: baseline, size: 14, indent: margin + (hasSign ? 30 : 0))
    }
    return Array((text + "</svg>\n").utf8)
  }

  private func line(_ text: String, at baseline: Double, size: Int, indent: Double) -> String {
    "<text x=\"\(fixed(indent, 0))\" y=\"\(fixed(baseline, 1))\" font-size=\"\(size)\" fill=\"#2e2b24\">\(xml(text))</text>\n"
  }

  private func xml(_ text: String) -> String {
    var safe = ""
    for letter in text.unicodeScalars {
      switch letter {
      case "&": safe += "&amp;"
      case "<": safe += "&lt;"
      case ">": safe += "&gt;"
      case "\"": safe += "&quot;"
      default: safe.unicodeScalars.append(letter)
      }
    }
    return safe
  }
}
