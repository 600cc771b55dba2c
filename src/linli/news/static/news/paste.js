/* What is pasted from Word, or from a page, becomes Markdown: headings, lists, links and tables stay, the rest goes.
   The pasted HTML is read in a document of its own that runs nothing and fetches nothing. */
(function () {
  "use strict";
  var HEADINGS = { h1: "## ", h2: "## ", h3: "### ", h4: "#### ", h5: "#### ", h6: "#### " };
  var SKIPPED = /^(style|script|head|meta|link|title|xml|o:p|v:.*|w:.*|template|noscript)$/;
  var BLOCKS = /^(p|div|h[1-6]|ul|ol|table|blockquote|section|article|header|footer|figure|pre|hr)$/;

  function name(node) { return node.nodeName.toLowerCase(); }

  function isBold(node) {
    return /^(b|strong)$/.test(name(node)) && !/font-weight:\s*(normal|400)/.test(node.dataset.was || "")
      || name(node) === "span" && /font-weight:\s*(bold|[6-9]00)/.test(node.dataset.was || "");
  }

  function isItalic(node) {
    return /^(i|em)$/.test(name(node))
      || name(node) === "span" && /font-style:\s*italic/.test(node.dataset.was || "");
  }

  /* Around the words, never around the spaces beside them. */
  function around(mark, text) {
    var found = /^(\s*)([^]*?)(\s*)$/.exec(text);
    return found[2] ? found[1] + mark + found[2] + mark + found[3] : text;
  }

  function escaped(text) {
    return text.replace(/[\u00a0\s]+/g, " ").replace(/([\\`*_\[\]<])/g, "\\$1");
  }

  /* Word writes the sign of a list item into the text, hidden from other programs by this style. */
  function isSign(node) { return /mso-list:\s*ignore/i.test(node.dataset.was || ""); }

  function inline(node) {
    if (node.nodeType === Node.TEXT_NODE) return escaped(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.test(name(node)) || isSign(node)) return "";
    if (name(node) === "br") return "\\\n";
    if (name(node) === "img") return picture(node);
    var text = Array.from(node.childNodes, inline).join("");
    if (isBold(node)) text = around("**", text);
    if (isItalic(node)) text = around("*", text);
    return name(node) === "a" ? link(node, text) : text;
  }

  function link(node, text) {
    var address = node.getAttribute("href") || "";
    return /^(https?:|mailto:|tel:)/i.test(address) && text.trim() ? "[" + text.trim() + "](<" + address.replace(/[<>\s]/g, encodeURIComponent) + ">)" : text;
  }

  /* A picture on the writer's own disk cannot be seen by anybody else. */
  function picture(node) {
    var address = node.getAttribute("src") || "";
    return /^https?:/i.test(address) ? "![" + escaped(node.alt) + "](<" + address.replace(/[<>\s]/g, encodeURIComponent) + ">)" : "";
  }

  /* "MsoListParagraph…" with "level2" in its style; the sign that Word wrote tells numbers from dots. */
  function wordItem(node) {
    var style = node.dataset.was || "", level = /mso-list:[^;]*level(\d)/i.exec(style);
    if (!level) return null;
    var sign = Array.from(node.querySelectorAll("[data-was]")).find(isSign);
    var numbered = sign && /[0-9a-z一二三四五六七八九十]+[.)、）]/i.test(sign.textContent);
    return "   ".repeat(level[1] - 1) + (numbered ? "1. " : "- ");
  }

  function items(list, depth) {
    var sign = name(list) === "ol" ? "1. " : "- ", lines = [];
    Array.from(list.children).forEach(function (item) {
      if (/^(ul|ol)$/.test(name(item))) {
        lines = lines.concat(items(item, depth + 1));
      } else {
        var inner = Array.from(item.childNodes).filter(function (node) { return !/^(ul|ol)$/.test(name(node)); });
        lines.push("   ".repeat(depth) + sign + inner.map(inline).join("").trim());
        Array.from(item.children).forEach(function (child) {
          if (/^(ul|ol)$/.test(name(child))) lines = lines.concat(items(child, depth + 1));
        });
      }
    });
    return lines;
  }

  function table(node) {
    var rows = Array.from(node.rows, function (row) {
      return Array.from(row.cells, function (cell) { return inline(cell).replace(/\\\n/g, " ").replace(/\|/g, "\\|").trim(); });
    });
    var width = Math.max.apply(null, rows.map(function (row) { return row.length; }).concat(1));
    function line(row) {
      while (row.length < width) row.push("");
      return "| " + row.join(" | ") + " |";
    }
    if (!rows.length) return [];
    return [line(rows[0]), "|" + " --- |".repeat(width)].concat(rows.slice(1).map(line));
  }

  /* Paragraphs, each a list of lines; items of one list stay together. */
  function blocks(node, out) {
    var loose = "";
    function flush() {
      if (loose.trim()) out.push(loose.trim());
      loose = "";
    }
    Array.from(node.childNodes).forEach(function (child) {
      var kind = name(child);
      if (child.nodeType !== Node.ELEMENT_NODE || !BLOCKS.test(kind) && !child.querySelector("p,div,ul,ol,table,h1,h2,h3,h4,h5,h6")) {
        loose += inline(child);
        return;
      }
      flush();
      block(child, kind, out);
    });
    flush();
    return out;
  }

  function block(node, kind, out) {
    var sign = kind === "p" ? wordItem(node) : null;
    if (SKIPPED.test(kind)) return;
    if (sign !== null) out.push({ item: sign + inline(node).trim() });
    else if (HEADINGS[kind]) heading(kind, inline(node), out);
    else if (kind === "ul" || kind === "ol") items(node, 0).forEach(function (line) { out.push({ item: line }); });
    else if (kind === "table") out.push(table(node).join("\n"));
    else if (kind === "hr") out.push("---");
    else if (kind === "blockquote") out.push(blocks(node, []).map(text).join("\n\n").replace(/^/gm, "> "));
    else blocks(node, out);
  }

  function heading(kind, words, out) {
    var plain = words.replace(/\*\*/g, "").replace(/\\\n/g, " ").trim();
    if (plain) out.push(HEADINGS[kind] + plain);
  }

  function text(block) { return block.item || block; }

  /* Styles tell what Word meant; under another name, for the content policy would report each of them. */
  function read(html) {
    var tame = html.replace(/<style[^]*?<\/style>/gi, "").replace(/(\s)style=/gi, "$1data-was=");
    return new DOMParser().parseFromString(tame, "text/html").body;
  }

  function markdown(html) {
    var body = read(html);
    return blocks(body, []).reduce(function (sum, block, place, all) {
      var together = block.item && place && all[place - 1].item;
      return sum + (place ? together ? "\n" : "\n\n" : "") + text(block);
    }, "");
  }

  document.addEventListener("paste", function (event) {
    var area = event.target;
    if (!area.matches || !area.matches("textarea[name=body]")) return;
    var html = event.clipboardData.getData("text/html");
    if (!html) return;
    var written = markdown(html);
    if (!written) return;
    event.preventDefault();
    /* Unlike setting the value, this can be undone with the keyboard. */
    if (!document.execCommand("insertText", false, written)) area.setRangeText(written, area.selectionStart, area.selectionEnd, "end");
  });
})();
