import { resourceTests } from "../support/resource.js";
import { COMMENT } from "./samples.js";

resourceTests(COMMENT);
