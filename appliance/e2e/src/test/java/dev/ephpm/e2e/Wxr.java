package dev.ephpm.e2e;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A WordPress export file, read back.
 *
 * @param items everything exported, in order
 */
record Wxr(List<Item> items) {
    static Wxr parse(String xml) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
            NodeList nodes = root.getElementsByTagName("item");
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < nodes.getLength(); i++) {
                Element node = (Element) nodes.item(i);
                items.add(new Item(text(node, "title"), text(node, "content:encoded")));
            }
            return new Wxr(items);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("the export is not well-formed: " + xml, e);
        }
    }

    Item item(String title) {
        return items.stream()
                .filter(item -> item.title().equals(title))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing titled " + title + " was exported, only " + items));
    }

    private static String text(Element node, String name) {
        NodeList found = node.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }

    /** One exported post, page or attachment. */
    record Item(String title, String content) {}
}
