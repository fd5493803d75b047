/**
 * What the built package takes from React. Its modules import this file in React's place (see `tsup.config.ts`): an
 * app's bundle then has one path to React instead of one for each module.
 */
export {
  createContext,
  forwardRef,
  useCallback,
  useContext,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
export { Fragment, jsx, jsxs } from "react/jsx-runtime";
